"""A code belongs to one person and one generation, in any spelling, under any key in use."""

import re

import pytest
from doorpakken_plumbing.identity.links import read_keys
from doorpakken_plumbing.identity.short_codes import is_code_of, short_code

OLD = "a:" + "A" * 43
NEW = "b:" + "B" * 43


def test_it_can_be_read_out() -> None:
    code = short_code(read_keys(OLD), "p-1", 0)
    assert re.fullmatch("[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", code)


def test_each_person_and_each_generation_has_another_one() -> None:
    keys = read_keys(OLD)
    codes = {
        short_code(keys, f"p-{number}", generation) for number in (1, 2) for generation in (0, 1)
    }
    assert len(codes) == 4
    assert short_code(keys, "p-1", 0) == short_code(keys, "p-1", 0)


@pytest.mark.parametrize("spelt", ["{}", " {} ", "{}.", "{}\n"])
def test_it_is_known_in_any_spelling(spelt: str) -> None:
    keys = read_keys(OLD)
    code = short_code(keys, "p-1", 0)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert is_code_of(keys, spelt.format(typed), "p-1", 0)
    assert not is_code_of(keys, code, "p-1", 1)
    assert not is_code_of(keys, code, "p-2", 0)
    assert not is_code_of(keys, "", "p-1", 0)


def test_a_code_on_paper_outlives_a_change_of_keys() -> None:
    code = short_code(read_keys(OLD), "p-1", 0)
    assert is_code_of(read_keys(f"{NEW},{OLD}"), code, "p-1", 0)
    assert not is_code_of(read_keys(NEW), code, "p-1", 0)
