"""The folder from which the comparison apps run.

Same settings, and only local files.
"""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("plain_app.py", "empty_app.py", "empty_map_app.py")
_LEAFLET = ROOT / "node_modules" / "leaflet" / "dist"

# folium's popups ask jQuery only to turn a string into an element
_INIT = """L.Icon.Default.imagePath = "../../app/static/vendor/leaflet/images/";
window.$ = (text) => {
  const holder = document.createElement("template");
  holder.innerHTML = text.trim();
  return [holder.content.firstElementChild];
};
"""


def prepare_folder(folder: Path) -> Path:
    """Fill a folder with apps, Leaflet and our server settings.

    The settings come without the theme.

    Raises FileNotFoundError when the browser libraries have not been installed yet.
    """
    if not (_LEAFLET / "leaflet.js").exists():
        raise FileNotFoundError(f"{_LEAFLET} holds no Leaflet; run `make setup` first")
    vendor = folder / "static" / "vendor"
    shutil.copytree(_LEAFLET, vendor / "leaflet", ignore=shutil.ignore_patterns("*.map", "*-src*"))
    (vendor / "init.js").write_text(_INIT, encoding="utf-8")
    for name in APPS:
        shutil.copyfile(ROOT / "benchmarks" / name, folder / name)
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(settings.split("[theme]")[0], encoding="utf-8")
    return folder
