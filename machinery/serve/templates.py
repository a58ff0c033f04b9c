"""Compiled templates, kept in memory; Jinja compares a digest of their source."""

from jinja2 import BytecodeCache


class Templates(BytecodeCache):
    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


kept = Templates()
