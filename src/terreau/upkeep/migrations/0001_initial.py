import django.db.models.deletion
import terreau.kernel.clock
import terreau.kernel.pure.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('directory', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='directory.organisation')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('email', models.EmailField(max_length=254, verbose_name='courriel')),
                ('message', models.TextField(blank=True, verbose_name='en quelques mots')),
                ('domain_matches', models.BooleanField(default=False, verbose_name='domaine concordant')),
                ('language', models.CharField(default='fr', max_length=5)),
                ('secret_hash', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('a_verifier', 'adresse à vérifier'), ('ouverte', 'à examiner'), ('acceptee', 'acceptée'), ('refusee', 'refusée'), ('retiree', 'retirée')], default='a_verifier', max_length=12, verbose_name='état')),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False, verbose_name='reçue le')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.TextField(blank=True, verbose_name='raison')),
            ],
            options={
                'verbose_name': 'demande de gestion',
                'verbose_name_plural': 'demandes de gestion',
                'indexes': [models.Index(fields=['territory', 'state', '-domain_matches', 'created_at'], name='upkeep_claim_queue'), models.Index(fields=['secret_hash'], name='upkeep_claim_secret')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('a_verifier', 'ouverte'))), fields=('organisation', 'email'), name='upkeep_one_open_claim'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state__in', ('a_verifier', 'ouverte'))), models.Q(models.Q(('state__in', ('a_verifier', 'ouverte')), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='upkeep_claim_decided', violation_error_message='Une décision porte une date, et une date suppose une décision.')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='directory.organisation')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('email', models.EmailField(max_length=254, verbose_name='courriel')),
                ('sent_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('expires_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('exacte', 'la fiche est toujours exacte'), ('corriger', 'la fiche est à corriger'), ('archivee', "la structure n'existe plus")], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'rappel',
                'verbose_name_plural': 'rappels',
                'indexes': [models.Index(fields=['organisation', '-sent_at'], name='upkeep_reminder_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='upkeep_reminder_answered', violation_error_message='Une réponse porte une date, et une date suppose une réponse.')],
            },
        ),
        migrations.CreateModel(
            name='StoppedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.territory')),
                ('address_hash', models.CharField(max_length=64)),
                ('stopped_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('territory', 'address_hash'), name='upkeep_stopped_once')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64)),
                ('hour', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mark', 'hour'), name='upkeep_one_tally')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='watch', serialize=False, to='directory.organisation')),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
