"""Torture: a phone, its network, its server and its owner misbehave at random, and no answer may be lost."""
