"""What the house has taught: corrections of an engine's drafts, learnt from drafts and what was accepted instead."""
