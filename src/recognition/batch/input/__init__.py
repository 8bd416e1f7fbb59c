"""Inputs: files of profiles of every form, read in chunks."""
