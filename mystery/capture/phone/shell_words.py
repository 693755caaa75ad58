"""The words that the scripts around the phone pages say; their texts live here, none in the scripts."""

from __future__ import annotations

from flask_babel import gettext as _


def say_list_words() -> dict[str, str]:
    """What the lists and the page of an assignment may have to say; ``#`` stands for a number."""
    return {
        "ready": _("Ready offline"),
        "preparing": _("Getting ready to open without a network…"),
        "open": _("Begun on this device"),
        "queued": _("Kept here, will be sent"),
        "stuck": _("Kept here; the server did not take it"),
        "sent": _("Sent"),
        "signed_out": _("Kept here; sign in to send"),
        "clash": _("Needs a decision: it was also changed elsewhere"),
        "photo_lost": _("A photo is missing on this device; open the list"),
        "locked": _("Kept here, locked; it opens when its person signs in"),
        "waiting": _("Waiting to be sent: #"),
        "send": _("Send now"),
        "sending": _("Sending…"),
        "sign_in": _("Sign in"),
        "also_here": _("Also on this device"),
        "others": _("Lists of another person that wait on this device: #"),
        "offline": _("No network. What you see was kept on this device."),
        "no_secure": _(
            "This address is not secure (no https), so this device can neither work without a network "
            "nor keep what you enter. Save often, or ask for the secure address."
        ),
        "no_store": _(
            "This browser keeps nothing here (a private window?). "
            "Open the page in an ordinary window, or save often."
        ),
        "no_worker": _("This browser cannot open pages without a network. Open your list before you go."),
        "little_room": _("Little room is left on this device. Free some before you take photos."),
        "ios": _(
            "On this device, lists that are not opened for 7 days may be deleted, "
            "unless this page is on the home screen."
        ),
    }


def say_leave_words() -> dict[str, str]:
    """What the pages of signing in and out may have to say; ``#`` stands for a number, ``@`` for a person."""
    return {
        "waiting": _("Waiting on this device to be sent: #"),
        "sending": _("Sending what waits on this device…"),
        "sent": _("Everything that waited on this device is sent."),
        "kept": _(
            "Lists of @ that are not sent yet: #. They stay on this device, locked, "
            "and go out when @ signs in here again."
        ),
        "leave": _("Sign out all the same"),
    }
