"""Tests of elearning.scenario."""
