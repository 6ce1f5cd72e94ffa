"""Texts are found where they stand, in code and in templates."""

from kring.commands.translations import in_python, in_template


def test_texts_in_code() -> None:
    code = '_("Groep")\nngettext_lazy("%(n)d leerling", "%(n)d leerlingen", "n")\npgettext("kleur", "rood")\nprint("no text")'
    assert list(in_python(code)) == [("Groep", None), (("%(n)d leerling", "%(n)d leerlingen"), None), ("rood", "kleur")]


def test_texts_in_a_template_whatever_its_indentation() -> None:
    template = """
    <div>
          {% translate "Groep" %} it's
       {% if x == _("rood") %}"{% endif %}
      {% blocktranslate trimmed count n=pupils %}
          {{ n }} leerling
      {% plural %}
          {{ n }} leerlingen
      {% endblocktranslate %}
    """
    assert list(in_template(template)) == [("Groep", None), ("rood", None), (("%(n)s leerling", "%(n)s leerlingen"), None)]
