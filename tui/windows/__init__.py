"""The windows that open over the desk."""
