"""Makes a PDF look as if it had been printed and scanned: pictures of its pages, a little askew, with noise."""

import pathlib
import subprocess
import tempfile

from PIL import Image, ImageFilter


def scan(path, random):
    resolution = random.choice([200, 250, 300])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(resolution), "-gray", path, f"{folder}/page"], check=True)
        pages = [askew(Image.open(page), random) for page in sorted(pathlib.Path(folder).iterdir())]
        pages[0].save(path, save_all=True, append_images=pages[1:], resolution=resolution, quality=80)


def askew(page, random):
    page = page.rotate(random.uniform(-0.6, 0.6), resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(random.choice([0, 0.4, 0.6])))
    noise = Image.frombytes("L", (page.width, page.height), random.randbytes(page.width * page.height))
    return Image.blend(page, noise, random.choice([0.03, 0.06]))
