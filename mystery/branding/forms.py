"""The form of a company's look: a logo and a colour, both optional."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField

from mystery.branding.colours import contrast_on_white, darken_to_readable, is_readable, read_colour
from mystery.branding.queries import Look
from mystery.sheets.photo_desk import PhotoFault
from mystery.sheets.problem_words import PHOTOS
from mystery.web.formats import format_number
from mystery.web.forms import OfficeForm, tidy_text

# A logo has other limits than a photo, and nobody takes it again.
LOGO_FAULTS = {
    PhotoFault.TOO_LARGE: _l("The file is larger than 2 MB. Choose a smaller one."),
    PhotoFault.NOT_A_PHOTO: _l("This is no picture that can be printed. Choose a PNG or JPEG file."),
    PhotoFault.DAMAGED: _l("The picture arrived incomplete or damaged. Choose it again."),
    PhotoFault.HEIC: _l("This is a HEIC file. Save it as PNG or JPEG and choose that."),
    PhotoFault.TOO_MANY_PIXELS: _l("The picture has too many pixels. Save it smaller and choose that."),
    PhotoFault.NO_INK: _l(
        "On white paper nobody would see this logo: it is white, very light or transparent. "
        "Choose the one that you use on a light ground."
    ),
    PhotoFault.TOO_THIN: _l(
        "In the head of a report this logo would be thinner than 2 mm. Cut off an empty margin, or "
        "choose one at most 28 times as wide as high, or 6 times as high as wide."
    ),
}


class LookForm(OfficeForm):
    """The look as it is tried and set; ``staged`` is the logo that was handed in before."""

    logo = FileField(_l("Logo"))
    staged = HiddenField()
    colour = StringField(_l("Colour"), filters=[tidy_text])

    suggestion: str = ""

    def read_file(self) -> bytes | None:
        """The bytes of a newly chosen logo; None where none was chosen."""
        upload = self.logo.data
        return upload.read() if upload else None

    def read_look(self) -> Look | None:
        """What was entered; None with the problem put beside the colour and a colour that would do."""
        written = self.colour.data or ""
        logo = self.staged.data or ""
        if not written:
            return Look(logo, "")
        colour = read_colour(written)
        if colour is None:
            self.add_problem("colour", _("Write the colour as six figures and letters, such as #0f5c63."))
            return None
        self.colour.data = colour
        if is_readable(colour):
            return Look(logo, colour)
        self.suggestion = darken_to_readable(colour)
        self.add_problem(
            "colour",
            _(
                "On white this colour stands out %(contrast)s to 1, and text needs 4.5 to 1. "
                "The lightest of its hue that can be read is %(suggestion)s.",
                contrast=format_number(int(contrast_on_white(colour) * 10) / 10),
                suggestion=self.suggestion,
            ),
        )
        return None

    def show_fault(self, fault: PhotoFault) -> None:
        """Say what is wrong with the picture beside the field."""
        self.add_problem("logo", str(LOGO_FAULTS.get(fault) or PHOTOS[fault]))
