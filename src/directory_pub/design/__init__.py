"""The design as data: what tokens and text styles say, for compose and for the engine alike."""
