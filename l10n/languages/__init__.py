"""What the desk knows of languages."""
