"""Sites built by real generators, and what must be the same on two pages but for the marks of a translation."""
