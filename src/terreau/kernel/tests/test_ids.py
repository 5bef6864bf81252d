import uuid

from terreau.kernel.pure.ids import uuid7


def test_an_identifier_is_a_uuid_of_version_seven():
    made = uuid7()

    assert isinstance(made, uuid.UUID)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_identifiers_are_unique_and_follow_time():
    made = [uuid7() for _number in range(2000)]

    assert len(set(made)) == 2000
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
