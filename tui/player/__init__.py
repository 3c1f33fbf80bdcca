"""Play a tour live on the screens, with captions."""
