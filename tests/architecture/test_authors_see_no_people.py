"""The author's pages know roles and nothing else of people: neither they nor what they call."""

from __future__ import annotations

import grimp
import pytest

PAGES = "elearning.web.author"
STORAGE = "elearning.storage"
# The names of the roles, which every access rule needs.
ROLES = "elearning.storage.people"


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("elearning")


def test_no_page_for_authors_imports_storage_but_the_roles(imports: grimp.ImportGraph) -> None:
    found = {
        (page, imported)
        for page in imports.find_descendants(PAGES)
        for imported in imports.find_modules_directly_imported_by(page)
        if imported.startswith(STORAGE)
    }
    assert found == {(f"{PAGES}.views", ROLES)}


def test_no_service_behind_the_pages_for_authors_reaches_storage(
    imports: grimp.ImportGraph,
) -> None:
    services = {
        imported
        for page in imports.find_descendants(PAGES)
        for imported in imports.find_modules_directly_imported_by(page)
        if imported.startswith("elearning.services.")
    }
    assert "elearning.services.inspect_scenario" in services
    reached = imports.find_descendants(STORAGE) | {STORAGE}
    assert not [
        (service, module)
        for service in services
        for module in reached
        if imports.chain_exists(service, module)
    ]
