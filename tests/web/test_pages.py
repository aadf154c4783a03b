"""The frame on a toy portal: pages, languages, headers, files."""

from __future__ import annotations


def test_the_gallery_of_components_is_a_good_page(client):
    page = client.get("/gallery")
    assert page.h1 == "Cílená iniciativa na implementaci Akčního plánu Pražského procesu"
