"""Ids of rows."""

from offing.publish.numbering import RowIds, numbered

IDS = RowIds("flow_id", "f", (("currency", "kind"), ("currency", "value")))


def _flow(value: str, currency: str = "EUR", kind: str = "loan", row_id: str = "") -> dict[str, str]:
    return {"value": value, "currency": currency, "kind": kind} | ({"flow_id": row_id} if row_id else {})


def test_new_rows_are_counted() -> None:
    """Rows of a new project get ids in their order; the counter says how many."""
    done = numbered("off-1", [_flow("1"), _flow("2")], [], IDS, 0)
    assert [row["flow_id"] for row in done.rows] == ["off-1-f1", "off-1-f2"]
    assert done.issued == 2


def test_a_row_keeps_its_id_when_it_moves_or_is_corrected() -> None:
    """The same row first, then one that shares what identifies it; what stands for something new gets a new id."""
    before = [_flow("1", row_id="off-1-f1"), _flow("2", "USD", row_id="off-1-f2")]
    done = numbered("off-1", [_flow("7", "CNY"), _flow("2", "USD"), _flow("3")], before, IDS, 2)
    assert [row["flow_id"] for row in done.rows] == ["off-1-f3", "off-1-f2", "off-1-f1"]


def test_an_id_is_given_once() -> None:
    """A row that comes in after another was taken out does not get that one's id."""
    gone = numbered("off-1", [_flow("1", row_id="")], [_flow("1", row_id="off-1-f2")], IDS, 2)
    assert [row["flow_id"] for row in gone.rows] == ["off-1-f2"]
    more = numbered("off-1", [_flow("1"), _flow("5", "CNY", "grant")], gone.rows, IDS, gone.issued)
    assert [row["flow_id"] for row in more.rows] == ["off-1-f2", "off-1-f3"]


def test_equal_rows_have_ids_of_their_own() -> None:
    """Two rows with the same cells are two rows, and stay so."""
    done = numbered("off-1", [_flow("1"), _flow("1")], [], IDS, 0)
    again = numbered("off-1", [_flow("1"), _flow("1")], done.rows, IDS, done.issued)
    assert again == done
    assert len({row["flow_id"] for row in again.rows}) == 2
