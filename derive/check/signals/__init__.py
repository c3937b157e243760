"""Signals and systems: unknown signals, impulses, convolutions and transforms, by what they are defined to be."""
