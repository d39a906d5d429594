"""The Word writer's rooms: ``ooxml`` (the file format), ``body`` (blocks), ``fill`` (texts into a base document)."""
