#!/usr/bin/env bash
# 准备运行环境：系统程序库、.fonts/ 里的字体、.venv/ 里的固定版本依赖、试工作台各页用的 Chromium。
# 可以反复运行：已就绪时立即返回，上次中断的接着补齐。平时用 make setup 调用；PYTHON 可指定解释器。
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
stamp=.venv/.setup-stamp
venv_owner=.venv/.setup-owner # 哪个目录、哪版 Python 建的；搬动目录或换 Python 后重建

# 每行：Debian 软件包（并列的依次尝试），从中取用的字体文件。Liberation 要 2.x：1.x 没有 CO₂ 的下标
fonts=(
  "texlive-lang-chinese FandolFang-Regular.otf FandolHei-Regular.otf FandolKai-Regular.otf FandolSong-Regular.otf FandolSong-Bold.otf"
  "fonts-liberation2|fonts-liberation LiberationSerif-Regular.ttf LiberationSerif-Bold.ttf"
  "fonts-noto-cjk NotoSerifCJK-Regular.ttc"
)
# 单位自有字体；六个齐备即覆盖仿宋、小标宋、黑体、楷体、宋体和西文
office_fonts="simfang.ttf FZXBSJW.TTF simhei.ttf simkai.ttf simsun.ttc times.ttf"
font_dirs=(.fonts /usr/share/fonts /usr/share/texlive /usr/share/texmf-dist /usr/local/share/fonts /usr/local/texlive
  /Library/Fonts /System/Library/Fonts /mnt/c/Windows/Fonts ~/.fonts ~/.local/share/fonts ~/Library/Fonts)
debian_libs="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"

say() { printf 'setup: %s\n' "$*"; }

# die 原因 [要运行的命令或说明…]：退出码 3 与 notices 的“环境缺少字体或程序库”一致
die() {
  printf 'setup: 错误：%s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
  exit 3
}

# lack 原因 [要运行的命令或说明…]：不妨碍通知和表格，说明之后继续
lack() {
  printf 'setup: 提醒：%s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
  printf '    通知、细则、附件和核对清单照常生成；只有对照、汇总、日程、花脸稿印成 PDF 要用它们。\n' >&2
}

has() { command -v "$1" >/dev/null 2>&1; }

# 把需要管理员权限的命令写成当前用户可以照抄的样子
root_command() {
  if [ "$(id -u)" = 0 ]; then
    echo "$1"
  elif has sudo; then
    echo "sudo sh -c '$1'"
  else
    echo "su -c '$1'"
  fi
}

check_python() {
  case $(uname -s) in
    MINGW* | MSYS* | CYGWIN*)
      die "Windows 请在 WSL 里运行：先在 PowerShell 执行第一条，再在打开的 Debian 里执行第二条，然后重跑 make" \
        "wsl --install -d Debian" \
        "sudo apt-get update && sudo apt-get install -y python3 python3-venv make git"
      ;;
  esac
  has "$python" || die "找不到 $python；装好 Python 3.11 或更新版本后重跑，或指明位置：" "make PYTHON=python3.12 setup"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    die "需要 Python 3.11 或更新版本，而 $python 是 $("$python" -V 2>&1)；请指明较新的解释器：" "make PYTHON=python3.12 setup"
}

# ---- 系统程序库 ----

missing_libs() {
  "$python" - <<'EOF'
import ctypes
import sys

NAMES = {
    "linux": "libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0"
    " libharfbuzz.so.0 libharfbuzz-subset.so.0 libfontconfig.so.1",
    "darwin": "libgobject-2.0.0.dylib libpango-1.0.dylib libpangoft2-1.0.dylib"
    " libharfbuzz.0.dylib libharfbuzz-subset.0.dylib libfontconfig.1.dylib",
}
missing = []
for name in NAMES["darwin" if sys.platform == "darwin" else "linux"].split():
    try:
        ctypes.CDLL(name)
    except OSError:
        missing.append(name)
print(*missing)
EOF
}

apt_as_root() { "${root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" >>"$tmp/apt.log" 2>&1; }

# 能不能替用户用 apt 安装；能则 root 是命令的前缀
apt_allowed() {
  has apt-get || return 1
  if [ "$(id -u)" = 0 ]; then
    root=(env DEBIAN_FRONTEND=noninteractive)
  elif has sudo && sudo -n true 2>/dev/null; then
    root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
  else
    return 1
  fi
}

apt_install() {
  apt_as_root install -y --no-install-recommends "$@" ||
    { apt_as_root update && apt_as_root install -y --no-install-recommends "$@"; }
}

setup_libs() {
  local missing root=()
  missing=$(missing_libs)
  [ -n "$missing" ] || return 0
  if has apt-get; then
    if ! apt_allowed; then
      lack "缺少系统程序库 $missing，安装需要管理员权限。请运行下面的命令，再重跑 make：" \
        "$(root_command "apt-get update && apt-get install -y $debian_libs")"
      return 0
    fi
    say "安装系统程序库：$debian_libs"
    # shellcheck disable=SC2086 # 软件包名之间按空格分开
    apt_install $debian_libs || {
      tail -n 5 "$tmp/apt.log" >&2
      lack "系统程序库没有装上，请检查网络与软件源后手动运行：" \
        "$(root_command "apt-get update && apt-get install -y $debian_libs")"
    }
  elif has dnf; then
    lack "缺少系统程序库 $missing。请运行：" "$(root_command "dnf install -y pango harfbuzz fontconfig")"
  elif has pacman; then
    lack "缺少系统程序库 $missing。请运行：" "$(root_command "pacman -S --needed pango harfbuzz fontconfig")"
  elif has apk; then
    # shellcheck disable=SC2086 # 库名之间按空格分开
    lack "缺少系统程序库 $missing。请运行：" "$(root_command "apk add fontconfig$(printf ' so:%s' $missing)")"
  elif [ "$(uname -s)" = Darwin ]; then
    lack "缺少系统程序库 $missing。请依次运行（第二条让 Python 找得到 Homebrew 的库），再重跑 make：" \
      "brew install pango fontconfig" \
      "export DYLD_FALLBACK_LIBRARY_PATH=\"\$(brew --prefix)/lib\""
  else
    lack "缺少系统程序库 $missing。请用本机的软件包管理器安装 Pango、HarfBuzz（含 subset）与 Fontconfig，再重跑 make"
  fi
  has apt-get || return 0
  missing=$(missing_libs)
  [ -z "$missing" ] || lack "安装之后仍然缺少 $missing，请运行：" "$(root_command "apt-get install --reinstall -y $debian_libs")"
}

# ---- 浏览器 ----

# Chromium 和驱动它要的 libatomic；只有测试工作台的各页用。装不上就说明，别的照常
browser_ready() {
  .venv/bin/python -m playwright --version >/dev/null 2>&1 || return 1
  has chromium || has chromium-browser || has google-chrome
}

setup_browser() {
  local root=()
  ! browser_ready || return 0
  if apt_allowed; then
    say "安装 chromium（测试用）"
    apt_install chromium libatomic1 || true
  fi
  browser_ready ||
    say "没有 Chromium，make test 不在浏览器里试工作台；要试就运行：$(root_command "apt-get install -y chromium libatomic1")"
}

# ---- 字体 ----

# 字体软件包的文件里还缺哪些
missing_fonts() {
  local name
  for name in "$@"; do [ -s ".fonts/$name" ] || echo "$name"; done
}

all_missing_fonts() {
  local line
  # shellcheck disable=SC2086 # 一行之内按空格分开
  for line in "${fonts[@]}"; do missing_fonts ${line#* }; done
}

office_fonts_found() {
  local name
  for name in $office_fonts; do
    [ -n "$(find -L "${font_dirs[@]}" -iname "$name" -print -quit 2>/dev/null)" ] || return 1
  done
}

fonts_ready() { [ -z "$(all_missing_fonts)" ] || office_fonts_found; }

# 本机已有的字体文件：Debian 上只认同一软件包装的，其他系统按文件名找
installed_font() {
  if has dpkg-query; then
    dpkg-query -L "$1" 2>/dev/null | grep "/$2\$"
  else
    find -L "${font_dirs[@]}" -name "$2" -print -quit 2>/dev/null
  fi || true
}

# 先写旁边的临时名再改名，中断也不会留下半个文件
place_font() { cp "$1" ".fonts/.$2.part" && chmod 644 ".fonts/.$2.part" && mv -f ".fonts/.$2.part" ".fonts/$2"; }

apt_opts=(-qq -o APT::Sandbox::User=root)

apt_download() { (cd "$tmp" && apt-get "${apt_opts[@]}" download "$1") >>"$tmp/apt.log" 2>&1; }

# 不动系统的软件包列表，另取一份放在临时目录；因此普通用户也能用
apt_private_lists() {
  [ ! -d "$tmp/lists" ] || return 1
  say "更新软件包列表"
  mkdir -p "$tmp/lists/partial"
  apt_opts+=(-o "Dir::State::Lists=$tmp/lists")
  apt-get "${apt_opts[@]}" update >>"$tmp/apt.log" 2>&1
}

# fetch_package 软件包 字体文件…
fetch_package() {
  local package=$1 name
  shift
  say "下载字体软件包 $package"
  apt_download "$package" || { apt_private_lists && apt_download "$package"; } || return 1
  dpkg-deb --fsys-tarfile "$tmp/$package"_*.deb | tar -x -C "$tmp" --wildcards "${@/#/*/}" 2>>"$tmp/apt.log" || return 1
  for name in "$@"; do
    place_font "$(find "$tmp" -name "$name" -type f | head -n 1)" "$name" || return 1
  done
}

setup_fonts() {
  local line package packages name names path
  # shellcheck disable=SC2086 # 一行之内按空格分开
  for line in "${fonts[@]}"; do
    packages=${line%% *}
    for package in ${packages//|/ }; do
      for name in $(missing_fonts ${line#* }); do
        path=$(installed_font "$package" "$name")
        [ -z "$path" ] || place_font "$path" "$name"
      done
      names=$(missing_fonts ${line#* })
      if [ -z "$names" ] || ! has apt-get; then break; fi
      fetch_package "$package" $names || true
    done
  done
  {
    echo "这里的字体由 make setup 取自下列 Debian 软件包，不入库；许可证见各软件包的 copyright 文件。"
    echo "Fonts fetched by make setup from these Debian packages; their licences are in each package's copyright file."
    printf '\n%s' "${fonts[@]/ /: }" && echo
  } >.fonts/README
  names=$(all_missing_fonts | xargs)
  [ -n "$names" ] || return 0
  if office_fonts_found; then
    say "没有取到 ${names}；本机的单位自有字体已覆盖全部用途，继续"
  elif has apt-get; then
    tail -n 5 "$tmp/apt.log" >&2
    die "缺少字体 ${names}：请检查网络与软件源后重跑 make setup，或用管理员权限安装字体软件包再重跑：" \
      "$(root_command "apt-get update && apt-get install -y --no-install-recommends ${fonts[*]%%[| ]*}")"
  elif has dnf; then
    die "缺少字体 ${names}。请运行下面的命令再重跑 make：" \
      "$(root_command "dnf install -y texlive-fandol liberation-serif-fonts google-noto-serif-cjk-fonts")"
  elif has pacman; then
    die "缺少字体 ${names}。请运行下面的命令再重跑 make：" \
      "$(root_command "pacman -S --needed texlive-langchinese ttf-liberation noto-fonts-cjk")"
  else
    die "缺少字体 ${names}" \
      "把这些文件放进本目录的 .fonts/（Fandol 在 TeX Live 的 fandol 包里：tlmgr install fandol；" \
      "另两种是 Liberation Serif 与 Noto Serif CJK），或放进单位自有字体 ${office_fonts}，再重跑 make。" \
      "也可以在 Debian 12 容器里运行 make。"
  fi
}

# ---- Python 依赖 ----

pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input -qq "$@"; }

setup_venv() {
  local owner
  owner="$(pwd) $("$python" -c 'import sys; print(*sys.version_info[:2])')"
  if [ "$(cat "$venv_owner" 2>/dev/null)" != "$owner" ] || ! pip --version >/dev/null 2>&1; then
    say "建立 .venv"
    "$python" -m venv --clear .venv ||
      die "建不了虚拟环境。Debian/Ubuntu 请运行下面的命令，再重跑 make：" "$(root_command "apt-get install -y python3-venv")"
    echo "$owner" >"$venv_owner"
  fi
  say "安装 requirements.txt 里的依赖（首次约一分钟）"
  # 先装 setuptools：只有源码包的 jieba 用它构建，不另取未固定的版本
  grep '^setuptools==' requirements.txt >"$tmp/build.txt"
  { pip install -r "$tmp/build.txt" &&
    pip install --use-pep517 --no-build-isolation -r requirements.txt &&
    pip install --no-build-isolation --no-deps -e .; } ||
    die "Python 依赖没有装全，请检查网络与 pip 的设置，再重跑：" "make setup"
  .venv/bin/python -c 'import weasyprint' 2>"$tmp/weasyprint.log" || lack "WeasyPrint 无法载入：$(tail -n 1 "$tmp/weasyprint.log")"
}

ready() { [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && fonts_ready; }

check_python
state=$(pwd && "$python" -V && cksum requirements.txt pyproject.toml scripts/setup.sh)
if ready; then exit 0; fi

# 两处同时运行时，后来的等前一个做完
mkdir -p .fonts
exec 9>.fonts/.setup-lock
if has flock; then flock 9; fi
if ready; then exit 0; fi

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
setup_libs
setup_fonts
setup_venv
setup_browser
echo "$state" >"$stamp"
say "环境已就绪"
