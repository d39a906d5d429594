"""Words come from the dictionary of the installed package: as jieba itself would cut, and from no shared file."""

import tempfile
from pathlib import Path

import jieba
import pytest

from notices.segmenter import segmenter

TEXTS = (
    "关于组织开展二零二四年度自治区绿色制造名单推荐工作的通知",
    "各设区市工业和信息化局应当对申报材料的真实性、完整性进行审核，并出具推荐意见",
    "企业被列入失信名单的，自移出之日起满三年方可申报",
    "abc 123 ，。",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("hmm", [True, False])
def test_words_are_cut_as_jieba_cuts_them(text, hmm):
    theirs = jieba.Tokenizer()
    theirs.FREQ, theirs.total = theirs.gen_pfdict(theirs.get_dict_file())
    theirs.initialized = True
    theirs.add_word("绿色制造名单", freq=10**7)
    ours = segmenter(["绿色制造名单"], 10**7)
    assert ours.lcut(text, HMM=hmm) == theirs.lcut(text, HMM=hmm)
    assert "".join(ours.lcut(text, HMM=hmm)) == text


def test_no_shared_file_is_read_or_written(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    assert segmenter([], 1).lcut(TEXTS[0])
    assert [path.name for path in Path(tmp_path).iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == b"planted"
