from architect.build.revisions import linked

FIRST = 'revision = "0001"\ndown_revision = None\n'
THIRD = 'revision = "0003"\ndown_revision = "0002"\n'
FOURTH = 'revision = "0004"\ndown_revision = "0003"\n'


def test_a_migration_follows_the_one_that_is_there():
    known = {"v/0004_d.py": FOURTH, "v/0001_a.py": FIRST, "v/0003_c.py": THIRD}
    assert linked(known) == {
        "v/0001_a.py": FIRST,
        "v/0003_c.py": 'revision = "0003"\ndown_revision = "0001"\n',
        "v/0004_d.py": FOURTH,
    }


def test_whole_chains_stay_as_they_are():
    known = {
        "v/0001_a.py": FIRST,
        "v/0002_b.py": 'revision = "0002"\ndown_revision = "0001"\n',
        "v/0003_c.py": THIRD,
    }
    assert linked(known) == known
