"""The version, for --version, without reading package metadata."""

VERSION = "0.1.0"
