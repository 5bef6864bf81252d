import pytest
from django.db import IntegrityError

from terreau.observatory.models import Figure
from terreau.observatory.testing import load

ONE = "chiffres: [{id: ch-1, libelle: Communes, territoire_mesure: val, valeur: 35, unite: communes, source: livret}]"


@pytest.fixture
def figures(db, tmp_path):
    load(tmp_path, chiffres=ONE)
    return Figure.objects.all()


@pytest.mark.parametrize("field", ["label", "area", "unit"])
def test_a_figure_never_travels_without_its_label_area_and_unit(figures, field):
    with pytest.raises(IntegrityError, match="observatory_figure_travels_whole"):
        figures.update(**{field: ""})


@pytest.mark.parametrize("field", ["value_min", "value_max"])
def test_a_figure_is_never_both_a_value_and_a_range(figures, field):
    with pytest.raises(IntegrityError, match="observatory_figure_value_or_range"):
        figures.update(**{field: 3})


def test_a_range_never_goes_backwards(figures):
    with pytest.raises(IntegrityError, match="observatory_figure_range_order"):
        figures.update(value=None, value_min=5, value_max=4)


def test_an_unknown_number_is_kept_as_unknown(figures):
    figures.update(value=None)

    assert figures.get().value is None


def test_two_figures_of_a_territory_never_share_a_key(figures):
    figure = figures.get()
    copy = Figure(
        territory=figure.territory, key="ch-1", label="Communes", area="val", unit="communes", source=figure.source
    )

    with pytest.raises(IntegrityError):
        copy.save(force_insert=True)
