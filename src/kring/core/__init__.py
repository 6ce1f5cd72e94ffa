"""The profession as values: arrays in, frozen results out. No Django, no database, no files, no clock, no unseeded chance.

It runs in a bare interpreter: `from kring.core import reliability, sociometry`. Every public function that works something out is a
method (see `provenance`): its text gives formula, shapes, units, edge cases, source and a worked example that runs as a test.
"""
