"""The parts of the desk that Textual draws."""
