import os
import subprocess
import sys
import threading
import urllib.request

import pytest

from api import metrics

OBSERVE = "from api import metrics; metrics.observe('GET', '/v1/me', 200, 0.02)"


@pytest.fixture
def data_dir(tmp_path):
    metrics.directory(tmp_path).mkdir()
    return tmp_path


def a_web_process_answers_once(data_dir):
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(metrics.directory(data_dir))}
    subprocess.run([sys.executable, "-c", OBSERVE], env=environ, check=True)


def test_the_numbers_of_all_processes_are_added_up(data_dir):
    a_web_process_answers_once(data_dir)
    a_web_process_answers_once(data_dir)
    with metrics.server(data_dir, 0) as server:
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/metrics") as answer:
            text = answer.read().decode()
        answering.join()
    labels = 'method="GET",route="/v1/me",status="200"'
    assert f"jaring_request_seconds_count{{{labels}}} 2.0" in text
    assert server.server_address[0] == "127.0.0.1"
