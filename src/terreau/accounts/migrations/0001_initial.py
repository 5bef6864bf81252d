import django.db.models.deletion
import django.db.models.functions.text
import terreau.kernel.clock
import terreau.kernel.pure.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='courriel')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nom affiché')),
                ('is_active', models.BooleanField(default=True, verbose_name='actif')),
                ('is_administrator', models.BooleanField(default=False, verbose_name="administre l'instance")),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'compte',
                'verbose_name_plural': 'comptes',
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='accounts_email_is_lower_case', violation_error_message="Le courriel s'écrit en minuscules.")],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='territory.territory')),
                ('role', models.CharField(choices=[('member', 'membre'), ('manager', 'gestionnaire de structure'), ('contributor', 'contributrice ou contributeur'), ('juror', 'membre du jury'), ('officer', 'chargée ou chargé de mission'), ('animator', 'animatrice ou animateur'), ('steward', 'garante ou garant'), ('observer', 'observatrice ou observateur')], max_length=15, verbose_name='rôle')),
                ('record_id', models.UUIDField(blank=True, null=True, verbose_name='fiche')),
                ('since', models.DateField(default=terreau.kernel.clock.today, verbose_name='depuis le')),
                ('until', models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
            ],
            options={
                'verbose_name': 'rôle confié',
                'verbose_name_plural': 'rôles confiés',
                'indexes': [models.Index(fields=['record_id'], name='accounts_grant_record')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('record_id', None), ('until', None)), fields=('user', 'territory', 'role'), name='accounts_one_open_grant'), models.UniqueConstraint(condition=models.Q(('record_id__isnull', False), ('until', None)), fields=('user', 'record_id'), name='accounts_one_open_grant_on_record'), models.CheckConstraint(condition=models.Q(models.Q(('record_id__isnull', False), ('role', 'manager')), models.Q(models.Q(('role', 'manager'), _negated=True), ('record_id', None)), _connector='OR'), name='accounts_grant_manager', violation_error_message='Le rôle de gestionnaire porte sur une fiche, les autres rôles sur le territoire entier.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='accounts_grant_order', violation_error_message='La fin du rôle précède son début.')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=terreau.kernel.pure.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='territory.territory')),
                ('email', models.EmailField(max_length=254, verbose_name='courriel')),
                ('role', models.CharField(choices=[('member', 'membre'), ('manager', 'gestionnaire de structure'), ('contributor', 'contributrice ou contributeur'), ('juror', 'membre du jury'), ('officer', 'chargée ou chargé de mission'), ('animator', 'animatrice ou animateur'), ('steward', 'garante ou garant'), ('observer', 'observatrice ou observateur')], max_length=15, verbose_name='rôle')),
                ('record_id', models.UUIDField(blank=True, null=True, verbose_name='fiche')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(default=terreau.kernel.clock.now, editable=False)),
                ('expires_at', models.DateTimeField(verbose_name="valable jusqu'au")),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='acceptée le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('record_id', None), ('withdrawn_at', None)), fields=('territory', 'email', 'role'), name='accounts_one_open_invitation'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('record_id__isnull', False), ('withdrawn_at', None)), fields=('email', 'record_id'), name='accounts_one_open_invitation_on_record'), models.CheckConstraint(condition=models.Q(models.Q(('record_id__isnull', False), ('role', 'manager')), models.Q(models.Q(('role', 'manager'), _negated=True), ('record_id', None)), _connector='OR'), name='accounts_invitation_manager', violation_error_message='Le rôle de gestionnaire porte sur une fiche, les autres rôles sur le territoire entier.'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='accounts_invitation_ends_once', violation_error_message='Une invitation acceptée ne se retire plus.')],
            },
        ),
    ]
