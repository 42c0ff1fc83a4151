"""The LangChain retriever gives what the index's own search gives."""

from assembly import Assembly
from index.retriever import PassageRetriever


def test_a_chain_gets_the_ranking_of_the_search_with_each_place(assembly: Assembly) -> None:
    index = assembly.index()
    hits = index.search(index.query("How big are exosomes?"), 3)

    found = PassageRetriever(index=index, k=3).invoke("How big are exosomes?")

    assert [d.metadata["passage_id"] for d in found] == [hit.passage.id for hit in hits]
    for document in found:
        text = index.content.text_of(document.metadata["document_id"])
        assert text is not None
        assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content
