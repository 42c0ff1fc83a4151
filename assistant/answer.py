"""Lays out statements, notices and caveats as the text that is shown, and numbers its citations once."""

from dataclasses import dataclass, field

from assistant.markup import plain
from assistant.types import CaveatShown, Citation, Claim, Statement
from corpus.policy import Wording


@dataclass
class Layout:
    """An answer while it is written; citations are numbered as they are first used."""

    wording: Wording
    citations: list[Citation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    def notice(self, words: str) -> None:
        """Words of the policy or the assistant: no claim, no citation."""
        self.blocks.append(words)

    def statements(self, statements: list[Statement]) -> None:
        """Quoted words, each a claim: running text, and lists under the line or heading that introduces them."""
        label = ""
        lines: list[str] = []
        previous = ""
        for statement in statements:
            text, number = self._claim(statement)
            marked = f"{text} [{number}]"
            heading = statement.passage.section[-1] if statement.passage.section else ""
            introduced = any(
                s.role == "lead" and s.list_number == self._list_of(statement) for s in statement.passage.sentences
            )
            if statement.words and previous == "words":  # a chat model's sentences run on
                lines[-1] = f"{lines[-1].rstrip()} {marked}\n"
            elif statement.role == "item" and not introduced and not statement.lead_in:
                if heading and heading != label:
                    lines.append(f"\n**{plain(heading)}**\n")
                    label = heading
                lines.append(f"- {marked}")
            elif statement.role == "item" and previous in ("lead", "item"):
                lines.append(f"- {marked}")
            else:
                lines.append(f"\n{marked}\n")
            previous = "words" if statement.words else statement.role
        self.blocks.append("\n".join(lines).replace("\n\n\n", "\n\n").strip())

    def cite(self, statement: Statement) -> int:
        """The number of the citation of these words, made where there is none yet."""
        for citation in self.citations:
            if (citation.document_id, citation.start, citation.end) == (
                statement.passage.document_id,
                statement.start,
                statement.end,
            ):
                return citation.number
        passage = statement.passage
        self.citations.append(
            Citation(
                len(self.citations) + 1, passage.document_id, passage.title, passage.section,
                statement.start, statement.end, statement.quote, page=passage.page_at(statement.start),
            )
        )  # fmt: skip
        return len(self.citations)

    def caveat(self, caveat: CaveatShown) -> None:
        """The caveat on a line of its own."""
        marker = f" [{caveat.citation}]" if caveat.citation else ""
        self.blocks.append(f"{caveat.text}{marker}")

    @property
    def text(self) -> str:
        return "\n\n".join(block for block in self.blocks if block)

    def _claim(self, statement: Statement) -> tuple[str, int]:
        number = self.cite(statement)
        opening = {"yes": self.wording.yes, "no": self.wording.no}.get(statement.lead_in)
        words = statement.words or plain(statement.quote)
        text = f"{opening}: {words}" if opening else words
        self.claims.append(Claim(text, (number,), statement.evidence))
        return text, number

    @staticmethod
    def _list_of(statement: Statement) -> int | None:
        for sentence in statement.passage.sentences:
            if sentence.start == statement.start:
                return sentence.list_number
        return None
