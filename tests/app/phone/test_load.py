"""Thirty phones at once, in a small form; `benchmarks/phones.py` runs hundreds over real HTTP."""

import asyncio
import re
import time

import httpx2 as httpx
import pytest
from tests.app.phone.phones import HOME, Evening, fields, hidden, receipt

PHONES = 30
# Far above what a quiet machine needs (3 ms), far below what makes a hall wait.
MOST_CPU = 0.04


async def _weigh(evening: Evening, code: str) -> tuple[str, int]:
    """Come in, weigh and hand in, as a browser without script does."""
    transport = httpx.ASGITransport(app=evening.app)
    headers = {"origin": HOME}
    async with httpx.AsyncClient(
        transport=transport, base_url=HOME, headers=headers, follow_redirects=True
    ) as phone:
        room = f"/w/{evening.room}"
        requests = 3
        await phone.post(f"{room}/enter", data={"code": code})
        page = await phone.get(f"{room}/round-1/values")
        points = dict.fromkeys(fields(page, "v-"), "25")
        await phone.post(f"{room}/round-1/draft", data=points)
        page = await phone.post(page.url.path, data={**points, "go": "next"})
        while "/inside/" in page.url.path:
            points = dict.fromkeys(fields(page, "c-"), "50")
            await phone.post(f"{room}/round-1/draft", data=points)
            page = await phone.post(page.url.path, data={**points, "go": "next"})
            requests += 3
        page = await phone.get(f"{room}/round-1/hand-in")
        done = await phone.post(page.url.path, data=hidden(page))
        assert re.search("/done$", done.url.path)
        return receipt(done), requests + 4


@pytest.mark.slow
def test_thirty_phones_at_once_hand_in_without_an_error_and_cost_little(evening):
    evening.open("round-1")
    cards = evening.store.issue(evening.id, "residents", count=PHONES)

    async def all_at_once() -> list[tuple[str, int]]:
        return await asyncio.gather(*(_weigh(evening, card.code) for card in cards))

    before = time.process_time()
    done = asyncio.run(all_at_once())
    spent = (time.process_time() - before) / sum(requests for _, requests in done)

    assert len({text for text, _ in done}) == PHONES
    assert evening.store.counts(evening.id, "round-1")["residents"] == (PHONES, PHONES)
    assert spent < MOST_CPU
