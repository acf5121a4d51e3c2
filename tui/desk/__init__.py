"""The desk of a translator: one screen, and the parts it is composed of."""
