"""Files of a package: none outside its folder, no bomb, and damage told."""

import json
import zipfile

import pytest

from geo.errors import DataError
from geo.hsds import package_files, problems_in, read_directory, read_tables
from geo.hsds.services import services_from
from tests.support.hsds_samples import (
    tiny,
    write_folder,
    write_zip,
)


def codes(tables):
    return {problem.code for problem in problems_in(tables)}


def only_problem(error):
    (problem,) = error.value.problems
    return problem


def test_a_path_that_leaves_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("id,name\n1,x\n")
    folder = write_folder(tiny(), tmp_path / "package")
    for path in ("../secret.csv", "/etc/passwd", "..\\secret.csv", "C:/secret.csv", "https://example.be/x.csv"):
        manifest = {"resources": [{"name": "service", "path": path}]}
        (folder / "datapackage.json").write_text(json.dumps(manifest))
        tables = read_tables(folder)
        assert codes(tables) == {"path_leaves_folder"}, path
        assert tables.rows("service") == []


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("id,name\n1,x\n")
    folder = write_folder(tiny(), tmp_path / "package")
    (folder / "service.csv").unlink()
    (folder / "service.csv").symlink_to(tmp_path / "secret.csv")
    assert "path_leaves_folder" in codes(read_tables(folder))


def test_nothing_in_a_zip_is_written_to_disk(tmp_path):
    path = write_zip(tiny(), tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../escaped.csv", "id\n1\n")
    before = sorted(tmp_path.parent.rglob("*"))
    assert read_directory(path).services == services_from(tiny())
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package_files, "LARGEST_BYTES", 1024**2)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("service.csv", b"id,name\n" + b"0" * 2 * 1024**2)
    with pytest.raises(DataError) as error:
        read_tables(tmp_path / "bomb.zip")
    assert str(only_problem(error).message) == (
        "The data is larger than 1 MB when unpacked; a smaller package is expected."
    )


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    path = write_zip(tiny(), tmp_path / "a.zip")
    honest = zipfile.ZipFile.infolist
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda self: [_lying(info) for info in honest(self)])
    with pytest.raises(DataError) as error:
        read_tables(path)
    assert only_problem(error).code == "broken_zip"


def _lying(info):
    info.file_size = 1
    return info


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.zip", b"not a zip", "broken_zip"),
        ("a.txt", b"x", "wrong_file"),
        ("empty", None, "no_tables"),
        ("missing", None, "not_found"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_clear_problem(tmp_path, name, content, code):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError) as error:
        read_tables(tmp_path / name)
    assert only_problem(error).code == code


def test_a_damaged_member_of_a_zip_is_told(tmp_path):
    path = write_zip(tiny(), tmp_path / "a.zip")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Opvoedingswinkel Mechelen", b"Opvoedingswinkel Mxxxelen", 1))
    assert "broken_zip" in codes(read_tables(path))


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"resources": 3}', '{"resources": [3]}', '{"resources": [{"name": "a"}]}']
)
def test_a_broken_manifest_is_told(tmp_path, text):
    write_folder(tiny(), tmp_path)
    (tmp_path / "datapackage.json").write_text(text)
    assert codes(read_tables(tmp_path)) <= {"broken_manifest", "bad_resource"}
    assert codes(read_tables(tmp_path))
