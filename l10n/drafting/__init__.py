"""Drafts: the memory first, then an engine, with markup put in its place, and how far each can be trusted."""
