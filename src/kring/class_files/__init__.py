"""The files a school hands in (pupils, nominations, participation, answers): bytes in, values out, no database."""

from kring.class_files.mapping import ClassMapping, FileMapping, Kind, read_mapping
from kring.class_files.reading import Asked, ClassFiles, ClassGroup, Wave, class_files
from kring.class_files.table import Row, Table, read_table
from kring.file_problems import FilesRefused, Problem

__all__ = [
    "Asked",
    "ClassFiles",
    "ClassGroup",
    "ClassMapping",
    "FileMapping",
    "FilesRefused",
    "Kind",
    "Problem",
    "Row",
    "Table",
    "Wave",
    "class_files",
    "read_mapping",
    "read_table",
]
