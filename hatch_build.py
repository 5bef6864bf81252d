"""Build hook of hatchling: fetch the assets and compile the messages, for wheels and editable installs alike."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Runs tools/assets.py before the files of the package are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what git does not keep. version: "standard" or "editable", which need the same files."""
        root = Path(self.root)
        spec = importlib.util.spec_from_file_location("terreau_assets", root / "tools" / "assets.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError(root / "tools" / "assets.py")
        assets = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(assets)
        assets.fetch(root)
        assets.compile_messages(root)
