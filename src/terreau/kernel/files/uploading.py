"""What a browser sends, kept within bounds while it arrives: nobody fills the disk before the rules are read."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class OversizedFile(UploadedFile):  # type: ignore[type-arg]  # not a generic when it runs
    """A file that was too long to be kept: its name and its length, without its bytes."""


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Django's handler of long files; past the limit it keeps counting, and writes nothing more."""

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= settings.TERREAU_FILE_LIMIT:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        if self.received <= settings.TERREAU_FILE_LIMIT:
            return super().file_complete(file_size)
        self.file.close()
        return OversizedFile(BytesIO(), self.file_name, self.content_type, self.received, self.charset)
