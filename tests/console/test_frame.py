from tests.console.browsing import Browser, signed_in, words_of


def test_a_page_stands_in_the_frame(client, ports, session):
    page = signed_in(client, ports, session).get("/console/own")
    assert page.status_code == 200
    assert "Keluar dari semua perangkat" in words_of(page)


def test_a_place_that_is_none_is_refused_as_a_page(client):
    page = Browser(client).get("/console/nowhere")
    assert (page.status_code, page.mimetype) == (404, "text/html")


def test_whoever_is_not_signed_in_is_sent_to_the_door(client):
    page = Browser(client).get("/console/own")
    assert (page.status_code, page.location) == (303, "/console/sign-in?next=%2Fconsole%2Fown")
    assert Browser(client).get(page.location).status_code == 200
