"""Words come from the dictionary of the installed package: as jieba itself would cut, and from no shared file."""

import subprocess
import sys
import tempfile
from pathlib import Path

import jieba
import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from notices.wording import segmenter as module
from notices.wording.segmenter import Segmenter

CONTENT = Path(jieba.__file__).with_name("dict.txt").read_bytes()
TEXTS = (
    "关于组织开展二零二四年度自治区绿色制造名单推荐工作的通知",
    "各设区市工业和信息化局应当对申报材料的真实性、完整性进行审核，并出具推荐意见",
    "企业被列入失信名单的，自移出之日起满三年方可申报",
    "abc 123 ，。",
)


@pytest.fixture(scope="module")
def theirs():
    """The tokenizer as jieba makes it, with one word of ours."""
    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    made.add_word("绿色制造名单", freq=10**7)
    return made


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("hmm", [True, False])
def test_words_are_cut_as_jieba_cuts_them(text, hmm, known, theirs, monkeypatch):
    dictionary = _dictionary(monkeypatch, CONTENT, known=known)
    monkeypatch.setattr(module, "_dictionary", lambda: dictionary)
    ours = Segmenter(["绿色制造名单"], 10**7)
    assert ours.lcut(text, HMM=hmm) == theirs.lcut(text, HMM=hmm)
    assert "".join(ours.lcut(text, HMM=hmm)) == text


def _dictionary(monkeypatch, content, *, known=True):
    monkeypatch.setattr(module, "KNOWN", module.KNOWN if known else 0)
    return module._Dictionary(content)


def test_the_installed_dictionary_is_the_known_one_and_every_word_of_it_is_found(theirs):
    dictionary = module._Dictionary(CONTENT)
    assert len(dictionary.unordered) < 100, "only what begins with no Chinese character is read at once"
    ours = module._Frequencies(dictionary)
    total = theirs.total
    theirs = {word: count for word, count in theirs.FREQ.items() if count and word != "绿色制造名单"}
    assert len(theirs) > 300_000
    assert {word: ours[word] for word in theirs} == theirs
    assert dictionary.total == total - 10**7
    assert ours["龥龥"] == ours["\udc00"] == 0


def test_another_dictionary_is_read_whole_in_whatever_order(monkeypatch):
    other = "龙 3 n\n一 5 m\n绿厂 7 n\n乙 1 n\n".encode()
    ours = module._Frequencies(_dictionary(monkeypatch, other))
    assert [ours[word] for word in ("龙", "一", "绿厂", "乙", "绿")] == [3, 5, 7, 1, 0]
    assert _dictionary(monkeypatch, other).total == 16


def test_a_word_of_ours_keeps_its_frequency_when_its_neighbours_are_read():
    assert Segmenter(["绿色"], 5)._jieba.FREQ["绿色"] == 5
    assert Segmenter(["的通"], 10**7).lcut("工作的通知", HMM=False) == ["工作", "的通", "知"]


@given(st.lists(st.sampled_from([*"关于印发的和厅市绿色工业信息化名单一，（2a　", "自治区", "龘靐", "苍溪", "通知"])))
@example(["苍溪", "厅", "市", "的"])
def test_any_text_is_cut_as_jieba_cuts_it(theirs, pieces):
    text = "".join(pieces)
    ours = Segmenter(["绿色制造名单"], 10**7)
    for hmm in (True, False):
        assert ours.lcut(text, HMM=hmm) == theirs.lcut(text, HMM=hmm)


def test_a_title_of_known_words_does_not_import_jieba():
    title = "工业和信息化厅关于开展绿色制造名单申报工作的通知"
    code = "import sys; from notices.wording.titles import balanced; print(len(balanced(sys.argv[1])), 'jieba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, title], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["2", "False"]


def test_no_shared_file_is_read_or_written(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    assert Segmenter([], 1).lcut(TEXTS[0])
    assert [path.name for path in Path(tmp_path).iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == b"planted"
