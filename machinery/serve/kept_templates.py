"""Keep compiled templates in memory; Jinja compares a digest of their source to see whether one has changed."""

import os

from jinja2 import BytecodeCache, FileSystemLoader


class Templates(BytecodeCache):
    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


kept = Templates()


def list_without_icons(loader):
    """List templates as `FileSystemLoader.list_templates` does, but skip hidden folders: MkDocs ignores them, and one of Material's contains 14 000 icons."""
    found = set()
    for top in loader.searchpath:
        for folder, folders, files in os.walk(top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found |= {os.path.relpath(os.path.join(folder, name), top).replace(os.sep, "/") for name in files}
    return sorted(found)


def keep():
    FileSystemLoader.list_templates = list_without_icons
