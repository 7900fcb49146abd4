"""Click in Indonesian: headings, markers and usage errors; our own errors end as one sentence and exit code 2."""

from __future__ import annotations

import sys
from typing import Any

import click

from renja_xl.errors import RenjaError, sebab


class _Indonesia(click.Command):
    """Indonesian headings for help pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPSI]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [
            r for p in self.get_params(ctx) if isinstance(p, click.Option) and (r := p.get_help_record(ctx)) is not None
        ]
        if records:
            with formatter.section("Opsi"):
                formatter.write_dl([(a, b.replace("[required]", "[wajib]")) for a, b in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class Perintah(_Indonesia):
    """A command."""


class Grup(_Indonesia, click.Group):
    """The group of commands."""

    command_class = Perintah

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "PERINTAH [ISIAN]...")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _Indonesia.format_options(self, ctx, formatter)
        perintah = [(nama, self.commands[nama].get_short_help_str(200)) for nama in self.commands]
        with formatter.section("Perintah"):
            formatter.write_dl(perintah)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def kalimat(galat: click.ClickException) -> str:
    """A usage error as an Indonesian sentence."""
    if isinstance(galat, click.MissingParameter):
        nama = galat.param.get_error_hint(galat.ctx) if galat.param and galat.ctx else (galat.param_hint or "")
        return f"Isian {nama} belum diberikan."
    if isinstance(galat, click.NoSuchOption):
        mirip = f"; mungkin maksudnya {galat.possibilities[0]}" if galat.possibilities else ""
        return f"Opsi {galat.option_name} tidak dikenal{mirip}."
    if isinstance(galat, click.BadParameter):
        nama = galat.param_hint or (galat.param.get_error_hint(galat.ctx) if galat.param and galat.ctx else "")
        return f"Isian {nama} {_harapan(galat)}."
    if isinstance(galat, click.UsageError):
        if galat.message.startswith("No such command"):
            nama = galat.message.split("'")[1] if "'" in galat.message else ""
            return f"Perintah '{nama}' tidak dikenal."
        if galat.message.startswith("Got unexpected extra"):
            return f"Ada isian yang tidak dikenal: {galat.message.partition('(')[2].rstrip(')')}."
        if "requires an argument" in galat.message:
            nama = galat.message.split("'")[1] if "'" in galat.message else ""
            return f"Opsi {nama} belum diberi isian."
    return galat.format_message()


def _harapan(galat: click.BadParameter) -> str:
    """What was expected of a value."""
    tipe = galat.param.type if galat.param else None
    if isinstance(tipe, click.IntRange):
        return "harus berupa angka dalam rentang yang wajar, misalnya 2026"
    if isinstance(tipe, click.Choice):
        return f"belum sesuai; mohon pilih salah satu dari {', '.join(map(str, tipe.choices))}"
    return f"belum sesuai: {galat.message.rstrip('.')}"


def jalankan(grup: click.Group) -> None:
    """Run the command line; no traceback reaches the user for unusable input."""
    try:
        kode = grup.main(standalone_mode=False, prog_name="renja-xl")
        sys.exit(kode if isinstance(kode, int) else 0)
    except RenjaError as galat:
        click.echo(f"Maaf: {galat}", err=True)
        sys.exit(2)
    except click.exceptions.NoArgsIsHelpError as galat:
        click.echo(galat.format_message())
        sys.exit(2)
    except click.ClickException as galat:
        click.echo(f"Maaf: {kalimat(galat)}", err=True)
        bantuan = galat.ctx.command_path if isinstance(galat, click.UsageError) and galat.ctx else "renja-xl"
        click.echo(f"Lihat: {bantuan} --help", err=True)
        sys.exit(2)
    except OSError as galat:
        click.echo(f"Maaf: {galat.filename or 'berkas'} tidak dapat dipakai ({sebab(galat)}).", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("Dibatalkan.", err=True)
        sys.exit(2)
