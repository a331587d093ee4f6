"""Files come in where a page asks for one, and stay in memory; everywhere else they are passed over."""

import io
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from samenwijk.ui.uploads import most_bytes_for

WORTH_READING = 20 * 1024 * 1024


class OnlyWhereAsked(FileUploadHandler):
    """Never on disk, not even for a moment. What is over a page's limit is read past, so that its form can say so.

    What is far too big is refused before it is read.
    """

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        self.most = most_bytes_for(self.request) if self.request else 0
        if content_length > (WORTH_READING if self.most else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            raise RequestDataTooBig("The form is larger than any form of ours.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self.most:
            raise SkipFile
        self.kept = io.BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= self.most:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if not self.most:
            return None
        kept = self.kept if self.size <= self.most else io.BytesIO()
        kept.seek(0)
        # The name of a file may be that of a person; nobody needs it.
        return InMemoryUploadedFile(kept, self.field_name, "bestand", self.content_type, self.size, self.charset)
