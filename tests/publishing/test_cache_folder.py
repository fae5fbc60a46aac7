"""Cells and scripts run in other folders than the build, and must find the same records."""

import os


def test_a_relative_cache_folder_is_the_same_for_everything_that_a_build_starts(build, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LECTURE_CACHE", "here")
    assert build(index="# Toy\n").status == 0
    assert os.environ["LECTURE_CACHE"] == str(tmp_path / "here")
