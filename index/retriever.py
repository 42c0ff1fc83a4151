"""The index through LangChain's interface, for chains that are built elsewhere."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Index


class PassageRetriever(BaseRetriever):
    """Gives the k best passages of an opened index, best first, each with its exact place in its document."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.index.search(self.index.query(query), self.k)
        return [
            Document(
                page_content=hit.passage.text,
                metadata={
                    "document_id": hit.passage.document_id,
                    "passage_id": hit.passage.id,
                    "title": hit.passage.title,
                    "section": list(hit.passage.section),
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
