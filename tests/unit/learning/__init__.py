"""Tests of elearning.learning."""
