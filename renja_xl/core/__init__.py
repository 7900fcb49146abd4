"""The plan's arithmetic and data model: pure functions on immutable data, standard library only."""
