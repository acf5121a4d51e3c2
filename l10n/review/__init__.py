"""What a reviewer drives: a session over one catalog, and everything that keeps its work safe."""
