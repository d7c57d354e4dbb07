"""Page labels: a viewer's page 17 is the printed folio 17."""

from __future__ import annotations

import pikepdf
import pytest

from directory_pub.impose.page_labels import label_pages


def labelled(labels: list[str | None]) -> list[str]:
    with pikepdf.new() as pdf:
        for _ in labels:
            pdf.add_blank_page()
        label_pages(pdf, labels)
        return [page.label for page in pdf.pages]


def test_each_page_has_its_label() -> None:
    assert labelled(["i", "ii", "1", "2", "10", "11", "A-1"]) == [
        "i",
        "ii",
        "1",
        "2",
        "10",
        "11",
        "A-1",
    ]


def test_a_page_may_go_without_a_label() -> None:
    assert labelled([None, None, "3", "4", None, "6"]) == ["", "", "3", "4", "", "6"]


def test_figures_that_count_on_make_one_range() -> None:
    with pikepdf.new() as pdf:
        for _ in range(36):
            pdf.add_blank_page()
        label_pages(pdf, [str(folio) for folio in range(1, 37)])
        assert len(pdf.Root.PageLabels.Nums) == 2


def test_no_labels_leave_the_pages_as_they_are() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        label_pages(pdf, ())
        assert "/PageLabels" not in pdf.Root


def test_labels_for_another_number_of_pages_are_refused() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        with pytest.raises(ValueError, match="2 page labels for 1 pages"):
            label_pages(pdf, ["1", "2"])
